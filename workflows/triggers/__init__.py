"""What sets automations off: one module per kind; `registry` lists them."""

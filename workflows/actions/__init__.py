"""What automations do: one module per kind or family; `registry` lists them."""

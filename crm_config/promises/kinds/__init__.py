"""One module per kind of promise; `registry` lists them."""

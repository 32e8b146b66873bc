"""The builder's forms: they check what was typed and give plain values, as a payload says them."""

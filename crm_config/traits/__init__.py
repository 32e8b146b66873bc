"""Traits: what a kind of record brings with it. One file each; a type takes
any number of them."""

from crm_config.traits.registry import all_traits, complete, get

__all__ = ["all_traits", "complete", "get"]

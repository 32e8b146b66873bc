"""Forms made from the published fields."""

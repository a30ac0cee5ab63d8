"""What is sold: ranges, products, and their price lists by edition."""

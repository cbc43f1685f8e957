"""The rule book: what the office may, must and must not do. Knows no framework, clock or database."""

"""What the tests of autoform and of engines built on it share: random programs, conformance."""

"""What a corpus is made from: each source is a stream of units in an order that never changes."""

"""How the service's own reader is made: its pairs, its training, what is shipped of it."""

"""What turns evidence into claims."""

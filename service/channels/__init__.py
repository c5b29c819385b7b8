"""The surfaces of the service, each independent of the others."""

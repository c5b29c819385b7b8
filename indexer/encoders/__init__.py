"""The ways of running an embedding model: through torch, or as an OpenVINO graph of the same weights."""

"""What people said of answers, and, where that is switched on, the answers as they were given."""

from service.store.port import Feedback, Store, StoreError, Verdict
from service.store.sql import open_store

__all__ = ["Feedback", "Store", "StoreError", "Verdict", "open_store"]

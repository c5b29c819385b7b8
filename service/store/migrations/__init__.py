"""The store's tables from version to version; Alembic runs them when the store is opened."""

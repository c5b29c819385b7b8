"""The index on disk: one module for each of its parts.

catalogue   what there is: reports, sections, paragraphs, windows, ratings (SQLite)
vectors     which windows lie near a vector (FAISS)
terms       which paragraphs hold certain words (tantivy)
store       the two together behind one port
manifest    what a generation consists of, with the digest of every file
generations where generations live, how one is published and opened
"""

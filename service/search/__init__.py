"""From a question to evidence: which paragraphs of the reports that it is about bear on it."""

from service.search.rerank import CrossEncoderReranker, Reranker
from service.search.retrieval import Retrieval
from service.search.retriever import Retriever, SecondLook

__all__ = ["CrossEncoderReranker", "Reranker", "Retrieval", "Retriever", "SecondLook"]

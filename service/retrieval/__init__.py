"""From a question to evidence: which paragraphs of the reports that it is about bear on it."""

from service.retrieval.reranker import CrossEncoderReranker, Reranker
from service.retrieval.retriever import Retrieval, Retriever, SecondLook

__all__ = ["CrossEncoderReranker", "Reranker", "Retrieval", "Retriever", "SecondLook"]

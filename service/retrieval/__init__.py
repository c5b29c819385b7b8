"""From a question to evidence: whose reports it is about, and which of their paragraphs bear on it."""

from service.retrieval.retriever import Retrieval, Retriever
from service.retrieval.subjects import Subjects, SubjectsNamed

__all__ = ["Retrieval", "Retriever", "Subjects", "SubjectsNamed"]

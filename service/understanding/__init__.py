"""What is asked, and of whom: everything that can be known of a question before anything is searched for."""

from service.understanding.subjects import Subjects, SubjectsNamed
from service.understanding.understood import Understanding, Understood

__all__ = ["Subjects", "SubjectsNamed", "Understanding", "Understood"]

"""Everything that can go wrong while indexing or opening an index.

CitewiseError                     the root, shared with the service
├── SettingsError                 a setting is wrong: named, with what it may be
└── IndexerError
    ├── UnreadableFileError       one file cannot be read; the others are indexed
    ├── CorpusError               the corpus folder or its reports.toml is wrong
    ├── ProfileError              a profile's data file is wrong
    ├── EncoderError              the embedding model cannot be loaded or does not fit the index
    ├── IndexBusyError            another build is writing the same index
    ├── IndexWriteError           the index folder cannot be written, or is full
    └── IndexOpenError            there is no index, or it is damaged
"""


class CitewiseError(Exception):
    """A fault told in one line that names the file or field and the fix.

    exit_status  of a command that ends with it: 1 a fault, 2 wrong use.
    """

    exit_status = 1


class SettingsError(CitewiseError):
    exit_status = 2


class IndexerError(CitewiseError):
    pass


class UnreadableFileError(IndexerError):
    """`reason` says what is wrong, `fix` what to do; the file's name is added by who reports it."""

    def __init__(self, reason: str, fix: str) -> None:
        super().__init__(f"{reason}; {fix}")
        self.reason = reason
        self.fix = fix


class CorpusError(IndexerError):
    pass


class ProfileError(IndexerError):
    pass


class EncoderError(IndexerError):
    pass


class IndexBusyError(IndexerError):
    pass


class IndexWriteError(IndexerError):
    pass


class IndexOpenError(IndexerError):
    pass

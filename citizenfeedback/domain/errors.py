"""What a rule says when it refuses: a code and values, never a sentence (labels word it)."""


class RuleBroken(Exception):
    """A rule of the office or of the law forbids the act; nothing was changed."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class NotFound(RuleBroken):
    """The thing does not exist, or the person may not know that it does: both look the same."""

    def __init__(self, what: str = "case") -> None:
        super().__init__("not_found", what=what)


class ChangedMeanwhile(RuleBroken):
    """Another person changed the thing after this one opened it."""

    def __init__(self, **values: object) -> None:
        super().__init__("changed_meanwhile", **values)

"""Wire story worker: raw news-wire stories in, clean stories out, exactly once."""

__version__ = "0.1.0"

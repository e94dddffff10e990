"""The signs that a line may begin with, in few words: for help and for the palette."""

GRAMMAR = (
    ("text", "a note on this topic"),
    ("5: text", "a note on topic 5"),
    ("5", "topic 5 is covered"),
    ('"text', "their words"),
    ("@name, org", "a person they name"),
    ("#name", "an organization"),
    ("<text by fri", "they promise"),
    (">text by mon", "I promise"),
    ("~term = ..", "a word of the field"),
    ("$text", "they raised a job"),
    ("?text", "a question for later"),
    ("&text", "parked for later"),
    ("!text", "important"),
    ("!", "star the last entry"),
    (".", "a moment that mattered"),
    ("+5", "5 minutes longer"),
    ("=10", "10 minutes left"),
    ("\\text", "a note as it is"),
    ("/private", "off the record"),
)

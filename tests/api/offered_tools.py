"""Two tools that the tests of every dialect offer, and a check of a call's arguments against their schemas."""

WEATHER = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "unit": {"enum": ["celsius", "fahrenheit"]}},
    "required": ["city", "unit"],
    "additionalProperties": False,
}
TABLE = {
    "type": "object",
    "properties": {"people": {"type": "integer"}, "outside": {"type": "boolean"}},
    "required": ["people"],
    "additionalProperties": False,
}
SCHEMAS = {"get_weather": WEATHER, "book_table": TABLE}
DESCRIPTIONS = {"get_weather": "The weather of a city now", "book_table": "Books a table in the restaurant"}

OPENAI = [{"type": "function", "function": {"name": name, "description": DESCRIPTIONS[name], "parameters": schema}} for name, schema in SCHEMAS.items()]
RESPONSES = [{"type": "function", "name": name, "description": DESCRIPTIONS[name], "parameters": schema, "strict": True} for name, schema in SCHEMAS.items()]
ANTHROPIC = [{"name": name, "description": DESCRIPTIONS[name], "input_schema": schema} for name, schema in SCHEMAS.items()]

TYPES = {"string": str, "integer": int, "boolean": bool}


def check_call(name, arguments):
    """A call of an offered function with arguments that its schema allows."""
    assert name in SCHEMAS, name
    schema = SCHEMAS[name]
    assert set(schema["required"]) <= set(arguments) <= set(schema["properties"]), arguments
    for key, value in arguments.items():
        field = schema["properties"][key]
        if "enum" in field:
            assert value in field["enum"], arguments
        else:
            assert type(value) is TYPES[field["type"]], arguments

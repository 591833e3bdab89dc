"""Jinja as it is, but quicker: what most pages ask most often takes the short way."""

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

Source = tuple[str, str, Callable[[], bool]]


class _Compiler(CodeGenerator):
    """Writes templates as Python that escapes with `shown`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Kept(jinja2.BytecodeCache):
    """Compiled templates, by a name that Jinja makes; it checks that they fit their sources."""

    def __init__(self, code: dict[str, bytes]) -> None:
        self._code = code

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take over the code of a template, if it is there."""
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._code[bucket.key] = bucket.bytecode_to_string()


class Environment(jinja2.Environment):
    """The templates of a site by name; they do not change while it lives."""

    code_generator_class = _Compiler

    def __init__(self, templates: Mapping[str, str], code: Mapping[str, bytes]) -> None:
        self.code = {**code}
        super().__init__(
            loader=jinja2.FunctionLoader(_loader(templates)),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=_Kept(self.code),
        )
        self._found: dict[str, jinja2.Template] = {}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        """Return a template, or a part that another template includes."""
        if isinstance(name, jinja2.Template):
            return name
        if name not in self._found:
            self._found[name] = super().get_template(name, parent, globals)
        return self._found[name]

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what `obj.attribute` means in a template: of a wording, its text."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)  # which knows the other ways

    @staticmethod
    def shown(value: object) -> str:
        """Return a value as HTML: most texts have no sign that means something there."""
        if type(value) is str:
            if not ("&" in value or "<" in value or ">" in value or '"' in value or "'" in value):
                return value
        elif type(value) is Markup:
            return value
        return escape(value)


def _loader(templates: Mapping[str, str]) -> Callable[[str], Source | None]:
    """Return a loader that names each template in tracebacks, so that faults find their file."""

    def load(name: str) -> Source | None:
        return (templates[name], name, lambda: True) if name in templates else None

    return load

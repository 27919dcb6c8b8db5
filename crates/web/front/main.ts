// What every page loads. Pages work without it; with it they move less and type less.
import "htmx.org";
import "htmx.org/dist/ext/hx-sse.js";
import "./keys.ts";
import "./list.ts";
import "./toast.ts";
import "./draft.ts";
import "./files.ts";
import "./letter.ts";

// Bundles the front: style.css, main.ts, and the sprite of icons, each under a name with its content's hash, with a
// Brotli and a gzip form beside it. Called by build.rs with the folder to write to, in which npm has put node_modules.
// Prints one line a file, "name<TAB>hashed name", and one "icon<TAB>name" for each icon of the sprite.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const out = process.argv[2];
const front = dirname(fileURLToPath(import.meta.url));
const fetched = join(out, "node_modules");
const esbuild = createRequire(join(out, "package.json"))("esbuild");

// Each entry is loaded by the pages that name it; main.ts and style.css by all.
const entries = ["style.css", "main.ts"];

const files = join(out, "assets");
rmSync(files, { recursive: true, force: true });
mkdirSync(files, { recursive: true });

for (const entry of entries) {
  const built = await esbuild.build({
    entryPoints: [join(front, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: ["es2022", "chrome111", "firefox128", "safari16.4"],
    nodePaths: [fetched],
    legalComments: "none",
    logLevel: "warning",
  });
  keep(entry.replace(/\.ts$/, ".js"), built.outputFiles[0].contents);
}
keep("icons.svg", Buffer.from(sprite()));
keep("mark.svg", readFileSync(join(front, "mark.svg")));

// One <symbol> an icon: Lucide's from icons.txt, ours from drawn/. Strokes are set here once and not in each page.
function sprite() {
  const line = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
  const symbols = [];
  const add = (name, svg, attributes) => {
    const [, box] = svg.match(/viewBox="([^"]+)"/);
    const body = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    symbols.push(`<symbol id="${name}" viewBox="${box}" ${attributes}>${body.replace(/>\s+</g, "><").trim()}</symbol>`);
    console.log(`icon\t${name}`);
  };
  for (const row of readFileSync(join(front, "icons.txt"), "utf8").split("\n")) {
    if (!row.trim() || row.startsWith("#")) continue;
    const [name, drawing = name] = row.trim().split(/\s+/);
    add(name, readFileSync(join(fetched, "lucide-static/icons", `${drawing}.svg`), "utf8"), line);
  }
  for (const file of readdirSync(join(front, "drawn")).sort()) {
    add(file.replace(".svg", ""), readFileSync(join(front, "drawn", file), "utf8"), "");
  }
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

function keep(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const hashed = name.replace(/\.(\w+)$/, `-${hash}.$1`);
  writeFileSync(join(files, hashed), bytes);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
  writeFileSync(join(files, `${hashed}.br`), brotliCompressSync(bytes, quality));
  writeFileSync(join(files, `${hashed}.gz`), gzipSync(bytes, { level: 9 }));
  console.log(`${name}\t${hashed}`);
}

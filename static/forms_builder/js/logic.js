// What a form looks like with the answers so far. The server decides; this is for comfort, and must say the same:
// tests hold both to the same vectors. `form` is what `forms_builder/engine/compiling.py` gives.

// -- reading what was typed -----------------------------------------------------------------------

const SPACE = /[ \t\n\r\f\v\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;
const SPACING_CONTROL = /[\t\n\v\f\r\x1c-\x1f\x85]/gu;
const LINE_BREAK = /\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]/gu;
const NOT_PLAIN = /[\p{Cc}\p{Cs}\ufeff]/gu;
const EDGES = /^[ \t\n\r\f\v\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[ \t\n\r\f\v\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/gu;
const CHEROKEE = /[\u13a0-\u13fd\uab70-\uabbf]/u;
const LIMIT = 9_000_000_000_000_000n;
const GIVEN_PARTS = new Set(["currency", "country"]);

const strip = (text) => text.replace(EDGES, "");

export const isBlank = (raw) =>
  raw === null ||
  raw === undefined ||
  (typeof raw === "string" ? strip(raw) === "" : typeof raw === "object" && Object.keys(raw).length === 0);

function foldChar(char) {
  if (char === "ı") return char;
  if (char === "ẞ") return "ss";
  if (CHEROKEE.test(char)) return char.toUpperCase();
  return [...char.toUpperCase()].map((each) => each.toLowerCase()).join("");
}

const casefold = (text) => [...text].map(foldChar).join("");

export function normalised(text) {
  const folded = casefold(text.normalize("NFKC"));
  return casefold(folded.normalize("NFKC")).normalize("NFKC");
}

function oneLine(raw) {
  const spaced = raw.replace(SPACING_CONTROL, " ").replace(NOT_PLAIN, "");
  return strip(spaced.normalize("NFC").replace(SPACE, " "));
}

function lines(raw) {
  const broken = raw.replace(LINE_BREAK, "\n");
  const spaced = broken.replace(SPACING_CONTROL, (c) => ("\n\t".includes(c) ? c : " "));
  const kept = [...spaced].filter((c) => "\n\t".includes(c) || !/[\p{Cc}\p{Cs}\ufeff]/u.test(c)).join("");
  return strip(kept.normalize("NFC"));
}

function text(raw, read) {
  if (typeof raw === "number") raw = String(raw);
  if (typeof raw !== "string") return null;
  const clean = read.as === "long_text" ? lines(raw) : oneLine(raw);
  return clean === "" || [...clean].length > read.most ? null : clean;
}

const SPACES = " \u00a0\u202f\u2009'’";

// Without grouping marks, where they stand between groups of three; else as it is.
function ungrouped(said, marks, mark) {
  const at = said.indexOf(mark) < 0 ? said.length : said.indexOf(mark);
  const whole = said.slice(0, at);
  const grouped = new RegExp(`^[+-]?[0-9]{1,3}(?:([${marks}])[0-9]{3}(?:\\1[0-9]{3})*)$`, "u");
  return grouped.test(whole) ? whole.replace(new RegExp(`[${marks}]`, "gu"), "") + said.slice(at) : said;
}

// An exact integer, scaled by the field's decimals; null for what is no number, could be meant as another, or has
// more digits than that.
function number(raw, decimals, mark) {
  if (typeof raw === "number") [raw, mark] = [String(raw), "."];
  if (typeof raw !== "string") return null;
  const other = mark === "." ? "," : ".";
  let said = ungrouped(strip(raw).replace(/[−–]/gu, "-"), SPACES, mark);
  if (said.includes(other)) {
    const [whole, rest, more] = said.split(other);
    const once = more === undefined && !said.includes(mark);
    if (decimals >= 3 && once && rest.length === 3 && whole.replace(/^[+-]+/u, "").length <= 3) return null;
    said = ungrouped(said, other, mark);
  }
  if (said.includes(other)) return null;
  const found = /^([+-]?)([0-9]*)(?:\.([0-9]*))?$/u.exec(said.replace(mark, "."));
  if (!found || !(found[2] || found[3])) return null;
  const rest = (found[3] || "").replace(/0+$/u, "");
  if (rest.length > decimals) return null;
  const scaled = BigInt((found[2] || "0") + rest.padEnd(decimals, "0"));
  return scaled > LIMIT ? null : Number(found[1] === "-" ? -scaled : scaled) + 0;
}

function day(raw) {
  if (typeof raw !== "string") return null;
  const found = /^([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})\.?$/u.exec(strip(raw));
  if (!found) return null;
  const [year, month, date] = [Number(found[1]), Number(found[3]), Number(found[4])];
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, date);
  if (at.getUTCFullYear() !== year || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== date) return null;
  const iso = `${found[1]}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
  return iso < "1000-01-01" || iso > "9999-12-30" ? null : iso;
}

function timeOfDay(raw) {
  const found = typeof raw === "string" && /^([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,6})?)?$/u.exec(strip(raw));
  if (!found) return null;
  const [hour, minute, second] = [found[1], found[2], found[3] ?? "0"].map(Number);
  if (hour > 23 || minute > 59 || second > 59) return null;
  return [hour, minute, second].map((each) => String(each).padStart(2, "0")).join(":");
}

// How far a zone's clocks are ahead of UTC at an instant, both in milliseconds.
function ahead(at, clocks) {
  const said = Object.fromEntries(clocks.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const shown = new Date(0);
  shown.setUTCFullYear(said.year, said.month - 1, said.day);
  shown.setUTCHours(said.hour, said.minute, said.second);
  return shown.getTime() - Math.floor(at / 1000) * 1000;
}

const clocksOf = new Map();

// What the zone's clocks show as an instant. An hour that comes twice is the first; one that is left out is told by the clocks before.
function instant(shown, zone) {
  if (!clocksOf.has(zone)) {
    const parts = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" };
    clocksOf.set(zone, new Intl.DateTimeFormat("en-u-ca-iso8601", { timeZone: zone, hourCycle: "h23", ...parts }));
  }
  const clocks = clocksOf.get(zone);
  const [before, after] = [-1, 1].map((days) => ahead(shown + days * 86_400_000, clocks));
  return shown - ([before, after].find((each) => ahead(shown - each, clocks) === each) ?? before);
}

const MOMENT = /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)(Z|[+-][0-9]{2}:[0-9]{2})?)?$/u;

// In UTC, to the microsecond, as text that sorts.
function moment(raw, { zone }) {
  const [, date, clock = "0:00", offset] = (typeof raw === "string" && MOMENT.exec(strip(raw))) || [];
  const [on, time] = [date && day(date), timeOfDay(clock)];
  if (!on || !time) return null;
  let at = Date.parse(`${on}T${time}Z`);
  if (offset === undefined) at = instant(at, zone);
  else if (offset !== "Z") {
    const [hours, minutes] = [offset.slice(1, 3), offset.slice(4)].map(Number);
    if (hours > 23 || minutes > 59) return null;
    at -= (offset[0] === "-" ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  }
  const iso = new Date(at).toISOString();
  const rest = clock.split(".")[1] ?? "";
  const found = `${iso.slice(0, -5)}.${rest.padEnd(6, "0")}Z`;
  return found < "1000-01-02" || found > "9999-12-30T00:00:00.000000Z" ? null : found;
}

function present(raw) {
  if (raw !== null && typeof raw === "object" && !Array.isArray(raw)) {
    return Object.entries(raw).some(([key, value]) => !GIVEN_PARTS.has(key) && !isBlank(value)) || null;
  }
  return raw === false || isBlank(raw) ? null : true;
}

// In the company's currency. What was filled in otherwise is there, and compares with nothing.
function amount(raw, read) {
  if (present(raw) === null) return null;
  const parts = raw !== null && typeof raw === "object" && !Array.isArray(raw);
  if (parts && !isBlank(raw.currency) && strip(String(raw.currency)) !== read.currency) return NaN;
  return number(parts ? raw.amount : raw, read.decimals, read.mark) ?? NaN;
}

function yesOrNo(raw) {
  if (raw === true || raw === "on" || raw === "true") return true;
  return raw === false || raw === "false" ? false : null;
}

const READERS = {
  text,
  long_text: text,
  integer: (raw, read) => number(raw, 0, read.mark),
  decimal: (raw, read) => number(raw, read.decimals, read.mark),
  percent: (raw, read) =>
    number(typeof raw === "string" ? strip(strip(raw).replace(/%$/u, "")) : raw, read.decimals, read.mark),
  amount,
  date: day,
  time: timeOfDay,
  datetime: moment,
  boolean: yesOrNo,
  presence: present,
  choice: (raw, read) => (typeof raw === "string" && read.choices.includes(strip(raw)) ? strip(raw) : null),
  multi_choice(raw, read) {
    const keys = Array.isArray(raw) ? raw : [raw];
    return keys.every((key) => read.choices.includes(key)) ? [...new Set(keys)].sort() : null;
  },
};

function valueOf(raw, read) {
  if (read.as === "presence") return present(raw);
  return isBlank(raw) ? null : READERS[read.as](raw, read);
}

// -- asking --------------------------------------------------------------------------------------

const SYMBOLS = {
  "=": (a, b) => a === b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
};
const reached = (stored, [low]) => low === null || stored >= low;
const passed = (stored, [, high]) => high !== null && stored >= high;
const during = (stored, span) => reached(stored, span) && !passed(stored, span);

const TESTS = {
  ...SYMBOLS,
  true: (stored) => stored === true,
  false: (stored) => stored === false,
  set: () => true,
  one_of: (stored, operand) => operand.includes(stored),
  between: (stored, [low, high]) => low <= stored && stored <= high,
  starts: (stored, operand) => stored.startsWith(operand),
  ends: (stored, operand) => stored.endsWith(operand),
  holds: (stored, operand) => stored.includes(operand),
  has_any: (stored, operand) => operand.some((key) => stored.includes(key)),
  has_all: (stored, operand) => operand.every((key) => stored.includes(key)),
  equals: (stored, operand) =>
    operand.every((key) => stored.includes(key)) && stored.every((key) => operand.includes(key)),
  during,
  during_any: (stored, spans) => spans.some((span) => during(stored, span)),
  after: passed,
  not_before: reached,
  before: (stored, span) => !reached(stored, span),
  not_after: (stored, span) => !passed(stored, span),
  from_to: (stored, [first, last]) => reached(stored, first) && !passed(stored, last),
};

class Answers {
  constructor(form) {
    this.reads = new Map(form.items.filter((item) => item.read).map((item) => [item.key, item.read]));
    this.values = new Map();
    this.norms = new Map();
  }

  put(key, raw) {
    const read = this.reads.get(key);
    if (!read) return;
    const value = valueOf(raw, read);
    this.values.set(key, value);
    this.norms.set(key, read.norm && value !== null ? normalised(value) : null);
  }

  get(key, reads) {
    return (reads === "norm" ? this.norms : this.values).get(key) ?? null;
  }

  holds(node, otherwise) {
    if (node === true) return true;
    return node === undefined || node === null ? otherwise : this.test(node);
  }

  test([kind, ...parts]) {
    if (kind === "all") return parts[0].every((each) => this.test(each));
    if (kind === "any") return parts[0].some((each) => this.test(each));
    if (kind === "not") return !this.test(parts[0]);
    if (kind === "two") {
      const [left, right] = [this.get(parts[0], parts[2]), this.get(parts[1], parts[2])];
      return left !== null && right !== null && SYMBOLS[parts[3]](left, right);
    }
    const stored = this.get(parts[0], parts[1]);
    return stored !== null && TESTS[parts[2]](stored, parts[3]);
  }
}

// -- deciding ------------------------------------------------------------------------------------

function limit(item, state, answers) {
  const ruled = new Map();
  for (const [option, when] of item.options) {
    ruled.set(option, Boolean(ruled.get(option)) || answers.holds(when, false));
  }
  state.offered = item.read.offered.filter((key) => ruled.get(key) ?? true);
  if (Array.isArray(state.value)) {
    state.notOffered = state.value.filter((key) => !state.offered.includes(key));
    const kept = state.value.filter((key) => state.offered.includes(key));
    state.value = kept.length ? kept : null;
  } else if (!isBlank(state.value) && !state.offered.includes(state.value)) {
    state.notOffered = [String(state.value)];
    state.value = null;
  }
}

function decide(item, raw, answers) {
  const state = {
    shown: answers.holds(item.step, true) && answers.holds(item.shown, true),
    required: false,
    readonly: answers.holds(item.readonly, false),
    value: raw ?? null,
    cleared: false,
    setByRule: false,
    offered: null,
    notOffered: [],
    messages: [],
  };
  if (state.readonly) state.value = item.fixed ?? null;
  const rule = (item.values ?? []).find(([when]) => answers.holds(when, false));
  if (rule) {
    state.value = rule[1];
    state.setByRule = true;
  }
  if (!state.shown && item.clear && !item.hidden) {
    state.cleared = !isBlank(state.value);
    state.value = null;
  }
  if (item.options) limit(item, state, answers);
  return state;
}

// `raw`: by item's key, what was typed. Gives each item's state, and which steps are there.
export function evaluate(form, raw) {
  const answers = new Answers(form);
  for (const item of form.items) answers.put(item.key, raw[item.key]);
  const items = {};
  for (const item of form.items) {
    items[item.key] = decide(item, raw[item.key], answers);
    answers.put(item.key, items[item.key].value);
  }
  for (const item of form.items) {
    const state = items[item.key];
    const wanted = answers.holds(item.required, false);
    state.required = state.shown && wanted && !state.readonly && !item.hidden;
    if (state.shown) {
      state.messages = (item.messages ?? []).filter((each) => answers.holds(each.when, false));
    }
  }
  const steps = {};
  for (const [key, when] of Object.entries(form.steps)) steps[key] = answers.holds(when, true);
  return { items, steps };
}

/* The rows of a condition as they stand in the page. Each has `data-row` (its id) and `data-kind`. */

export function rowOf(element) {
  return element?.closest?.('[data-row]') ?? null;
}

/* The rows directly inside another. */
export function partsOf(row) {
  return [...row.querySelectorAll('[data-row]')].filter((inner) => rowOf(inner.parentElement) === row);
}

export function shapeOf(row) {
  return { id: row.dataset.row, kind: row.dataset.kind, parts: partsOf(row).map(shapeOf) };
}

/* Where a group's rows stand; nothing for a row that is no group. */
export function listOf(row) {
  return row.dataset.kind === 'group' ? row.querySelector('[data-parts]') : null;
}

export function isLine(row) {
  return row?.tagName === 'LI';
}

export function levelOf(row) {
  let level = 0;
  for (let at = row.parentElement; at; at = at.parentElement) if (at.matches('[data-parts]')) level += 1;
  return level;
}

/* Rows may change places only where the same can be named. */
function fits(row, list) {
  return list && list.dataset.spot === row.parentElement.dataset.spot;
}

/* Each moves the row by one step, and says whether it could. */
export const moves = {
  up(row) {
    const before = row.previousElementSibling;
    before?.before(row);
    return Boolean(before);
  },
  down(row) {
    const after = row.nextElementSibling;
    after?.after(row);
    return Boolean(after);
  },
  into(row) {
    const before = row.previousElementSibling && listOf(row.previousElementSibling);
    const after = row.nextElementSibling && listOf(row.nextElementSibling);
    if (fits(row, before)) before.append(row);
    else if (fits(row, after)) after.prepend(row);
    else return false;
    return true;
  },
  out(row) {
    const group = rowOf(row.parentElement);
    if (!isLine(group) || !fits(row, group.parentElement)) return false;
    group.after(row);
    return true;
  },
};

/* A row made from a template, with ids of its own. */
export function fresh(template) {
  const ids = new Map();
  const holder = document.createElement('template');
  holder.innerHTML = template.innerHTML.replace(/\bblank\d\b/g, (blank) => {
    if (!ids.has(blank)) ids.set(blank, newId());
    return ids.get(blank);
  });
  return holder.content.firstElementChild;
}

function newId() {
  const bytes = window.crypto.getRandomValues(new Uint8Array(5));
  return `r${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

// What was filled in without a connection, sent once there is one: by its own person's session, each under its key, so that the
// server writes it once. What it refuses stays, with the reasons, until it is mended.

export const WAITING = "waiting";

const cookie = (name) =>
  document.cookie.split("; ").find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

function post(url, user, entry) {
  const { id, form, values, language, acknowledged } = entry;
  return fetch(url, {
    method: "POST",
    credentials: "same-origin",
    redirect: "manual",
    headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") },
    body: JSON.stringify({ user, form, key: id, values, language, acknowledged }),
  });
}

async function one(vault, url, entry) {
  const response = await post(url, vault.user, entry).catch(() => null);
  if (response?.status === 201) {
    await vault.remove(WAITING, entry.id);
    return { sent: { label: entry.label, ...(await response.json()) } };
  }
  if (response?.status === 422 || response?.status === 409) {
    const { why, errors = {}, reasons = [], warnings = {} } = await response.json();
    const told = { errors, warnings, reasons: why ? [...reasons, why] : reasons };
    await vault.put(WAITING, entry.id, { ...entry, ...told, state: "refused" });
    return { refused: true };
  }
  if (response?.status === 404 || response?.status === 400) {
    await vault.put(WAITING, entry.id, { ...entry, state: "refused", reasons: [String(response.status)] });
    return { refused: true };
  }
  return { stopped: true };
}

// All that waits, the oldest first; one tab at a time.
export async function sendWaiting(vault, url) {
  const sent = [];
  const go = async () => {
    const entries = await vault.all(WAITING);
    for (const entry of entries.sort((a, b) => a.at - b.at)) {
      if (entry.state !== "waiting") continue;
      const found = await one(vault, url, entry);
      if (found.stopped) break;
      if (found.sent) sent.push(found.sent);
    }
  };
  if (navigator.locks) await navigator.locks.request("relata-sending", go);
  else await go();
  return sent;
}

// How many wait, and how many have to be mended first.
export async function standing(vault) {
  const entries = await vault.all(WAITING);
  return {
    waiting: entries.filter((each) => each.state === "waiting").length,
    refused: entries.filter((each) => each.state === "refused").length,
  };
}

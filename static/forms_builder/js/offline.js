// On the screens of staff: says when there is no connection, keeps at hand what is needed without one, and sends what waits.
import { Vault } from '../../records/js/vault.js';
import { sendWaiting, standing } from './sending.js';

const said = document.querySelector("script[data-worker-url]").dataset;
const person = document.querySelector("meta[name=person]")?.content ?? "";
const FRESH = 10 * 60_000;

async function kit(vault) {
  const held = await vault.get("kits", vault.user);
  const stale = !held || Date.now() - held.fetched > FRESH || held.language !== document.documentElement.lang.split("-")[0];
  if (!stale) return held;
  const response = await fetch(said.kitUrl, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
  if (!response?.ok) return held;
  const fresh = { ...(await response.json()), fetched: Date.now() };
  if (String(fresh.user) === vault.user) await vault.put("kits", vault.user, fresh);
  return fresh;
}

// -- the line on top ---------------------------------------------------------------------------------

let line;
function tell(text, link) {
  if (!text) {
    line?.remove();
    line = null;
    return;
  }
  if (!line) {
    line = document.createElement("p");
    line.className = "r-offline";
    line.setAttribute("role", "status");
    document.getElementById("main")?.prepend(line);
  }
  const way = document.createElement("a");
  Object.assign(way, { href: said.pageUrl, textContent: link });
  line.replaceChildren(text, " ", way);
}

async function look(vault) {
  const { waiting, refused } = await standing(vault);
  if (!navigator.onLine) tell(said.off, said.forms);
  else if (refused) tell(said.mending, said.look);
  else if (waiting) tell(waiting === 1 ? said.one : `${said.many} ${waiting}.`, said.look);
  else tell("");
}

async function begin() {
  const vault = await Vault.open(person, said.keyUrl).catch(() => null);
  if (!vault) return;
  const again = async () => {
    if (navigator.onLine) await sendWaiting(vault, said.sendUrl);
    await look(vault);
  };
  const found = await kit(vault);
  if (found?.forms?.length && "serviceWorker" in navigator) {
    navigator.serviceWorker.register(said.workerUrl, { scope: said.homeUrl }).catch(() => null);
  }
  // The page of these forms sends by itself, and says what it sent.
  if (document.querySelector("[data-offline]")) return;
  addEventListener("online", again);
  addEventListener("offline", () => look(vault));
  await again();
}

if (person) begin();

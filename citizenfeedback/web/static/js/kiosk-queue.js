// The queue on the device: an entry is on the disk before anybody is thanked, and stays until the
// office says that it is stored. The numbers never repeat within one life of the storage (`series`).

const NAME = "kiosk";
const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const ended = (work) => new Promise((resolve, reject) => {
  work.oncomplete = () => resolve();
  work.onabort = work.onerror = () => reject(work.error || new DOMException("aborted", "AbortError"));
});

let opening;
const open = () => {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("entries", { keyPath: "seq", autoIncrement: true });
      request.result.createObjectStore("kept");
    };
    request.onsuccess = () => {
      request.result.onclose = () => { opening = undefined; };
      resolve(request.result);
    };
    request.onerror = () => { opening = undefined; reject(request.error); };
  });
  return opening;
};

const begin = async (mode) => (await open()).transaction(
  ["entries", "kept"], mode, mode === "readwrite" ? { durability: "strict" } : {},
);

// What somebody said lies on the disk encrypted, under a key of the device that cannot be read out.
const CIPHER = { name: "AES-GCM", length: 256 };
const secret = async () => {
  const found = await kept("secret");
  if (found) return found;
  const made = await crypto.subtle.generateKey(CIPHER, false, ["encrypt", "decrypt"]);
  const work = await begin("readwrite");
  const done = ended(work);
  const store = work.objectStore("kept");
  const first = await asked(store.get("secret"));
  if (!first) store.put(made, "secret");
  await done;
  return first ?? made;
};
const seal = async (said) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(said));
  return { iv, body: await crypto.subtle.encrypt({ name: CIPHER.name, iv }, await secret(), plain) };
};
const unseal = async ({ iv, body }) => {
  const plain = await crypto.subtle.decrypt({ name: CIPHER.name, iv }, await secret(), body);
  return JSON.parse(new TextDecoder().decode(plain));
};

// Put an entry on the disk; its number when it is there, an error when it is not.
export const add = async ({ said, ...entry }) => {
  if (said) entry.sealed = await seal(said);
  const work = await begin("readwrite");
  const done = ended(work);
  const [seq] = await Promise.all([asked(work.objectStore("entries").add(entry)), done]);
  return seq;
};

// An entry as it is sent; one whose key is lost still tells that it was there, and is not stuck.
const opened = async ({ sealed, ...entry }) => {
  if (!sealed) return entry;
  try { return { ...entry, ...await unseal(sealed) }; } catch { return entry; }
};

// The oldest entries under one signed name, and how many there are altogether.
export const oldest = async (most) => {
  const work = await begin("readonly");
  const store = work.objectStore("entries");
  const [waiting, found] = await Promise.all([asked(store.count()), asked(store.getAll(null, most))]);
  const queue = found[0]?.queue;
  const other = found.findIndex((one) => one.queue !== queue);
  const entries = other < 0 ? found : found.slice(0, other);
  return { waiting, queue, entries: await Promise.all(entries.map(opened)) };
};

export const forget = async (numbers) => {
  const work = await begin("readwrite");
  const done = ended(work);
  for (const seq of numbers) work.objectStore("entries").delete(seq);
  await done;
};

// What the screen shows, and the name of this life of the storage.
export const keep = async (name, value) => {
  const work = await begin("readwrite");
  const done = ended(work);
  work.objectStore("kept").put(value, name);
  await done;
};
export const kept = async (name) => asked((await begin("readonly")).objectStore("kept").get(name));

export const series = async () => {
  const work = await begin("readwrite");
  const done = ended(work);
  const store = work.objectStore("kept");
  let name = await asked(store.get("series"));
  if (!name) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    name = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    store.put(name, "series");
  }
  await done;
  return name;
};

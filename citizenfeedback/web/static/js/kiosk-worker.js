// Keeps the screen of an enrolled device working from cold without a network. `SHELL` is put in
// front when this is served: the release, the page, and the addresses of all it needs. Nothing that
// a person enters ever comes here: only the page, scripts, styles, letters and pictures.

const CACHE = `kiosk-${SHELL.version}`;

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(SHELL.assets.map((address) => new Request(address, { cache: "reload" })));
    const page = await fetch(SHELL.page, { cache: "reload" });
    if (!page.ok || page.redirected) throw new Error("the screen is not enrolled");
    await cache.put(SHELL.page, page);
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
    await clients.claim();
  })());
});

addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  // Every address of a point is the screen; only enrolling it anew is another page.
  const page = event.request.mode === "navigate" && address.pathname.startsWith("/kiosk/")
    && address.pathname !== SHELL.enrol;
  if (!page && !address.pathname.startsWith("/static/")) return;
  event.respondWith((async () => {
    const cache = await caches.open(CACHE);
    const found = await cache.match(page ? SHELL.page : event.request);
    return found ?? fetch(event.request);
  })());
});

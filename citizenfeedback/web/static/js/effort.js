// Lets a worker do the small task against spam while the page is read; sending waits for its end.

const form = document.querySelector("form[data-effort]");
const PATIENCE = 30000;

if (form && window.Worker && crypto.subtle) {
  const task = JSON.parse(form.dataset.effort);
  const line = form.querySelector("[data-effort-line]");
  let ready = false;
  let waiting = null;
  const end = (answer) => {
    if (ready) return;
    ready = true;
    form.elements.effort.value = answer;
    line.hidden = true;
    if (waiting) form.requestSubmit(waiting);
  };
  try {
    const worker = new Worker(form.dataset.worker);
    worker.onmessage = ({ data }) => {
      worker.terminate();
      end(data === null ? "" : `${task.until}:${data}`);
    };
    worker.onerror = () => end("");
    worker.postMessage(task);
  } catch { end(""); }
  form.addEventListener("submit", (event) => {
    if (ready) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waiting) return;
    waiting = event.submitter;
    line.hidden = false;
    // A device that cannot do it is not kept waiting: what it sends is looked at by a person.
    setTimeout(() => end(""), PATIENCE);
  }, true);
}

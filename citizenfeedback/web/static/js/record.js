// Records a voice note on the page and puts it where a chosen file would stand; without it one chooses.

const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const ENDINGS = { "audio/webm": "webm", "audio/ogg": "ogg", "audio/mp4": "m4a" };
const SPEECH = 32000;

const kind = window.MediaRecorder && KINDS.find((one) => MediaRecorder.isTypeSupported(one));
document.querySelectorAll("[data-record]").forEach((part) => {
  const input = document.getElementById(part.dataset.record);
  if (!kind || !navigator.mediaDevices) return;
  const find = (name) => part.querySelector(`[data-record-${name}]`);
  const [start, stop, clear] = ["start", "stop", "clear"].map(find);
  const [time, sound, line] = ["time", "sound", "line"].map(find);
  const words = part.dataset;
  const most = Number(words.most);
  let recorder = null;
  let ticking = 0;

  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const show = (state) => {
    start.hidden = state !== "empty";
    stop.hidden = time.hidden = state !== "recording";
    sound.hidden = clear.hidden = state !== "done";
    part.classList.toggle("record--on", state === "recording");
  };
  const forget = () => {
    if (sound.src) URL.revokeObjectURL(sound.src);
    sound.removeAttribute("src");
    input.value = "";
    show("empty");
  };
  const keep = (blob, seconds) => {
    const type = blob.type.split(";")[0];
    const held = new DataTransfer();
    held.items.add(new File([blob], `${words.name}.${ENDINGS[type]}`, { type }));
    input.files = held.files;
    sound.src = URL.createObjectURL(blob);
    show("done");
    line.textContent = words.kept.replace("{}", clock(seconds));
    sound.focus();
  };

  start.addEventListener("click", async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      line.textContent = words.refused;
      return;
    }
    const parts = [];
    const began = Date.now();
    const passed = () => Math.round((Date.now() - began) / 1000);
    recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: SPEECH });
    recorder.addEventListener("dataavailable", ({ data }) => { if (data.size) parts.push(data); });
    recorder.addEventListener("stop", () => {
      clearInterval(ticking);
      stream.getTracks().forEach((track) => track.stop());
      const seconds = Math.max(1, passed());
      recorder = null;
      if (parts.length) keep(new Blob(parts, { type: kind }), seconds);
      else forget();
    });
    const tick = () => {
      time.textContent = `${clock(passed())} / ${clock(most)}`;
      if (passed() >= most) recorder?.stop();
    };
    recorder.start();
    ticking = setInterval(tick, 500);
    tick();
    show("recording");
    line.textContent = words.recording;
    stop.focus();
  });
  stop.addEventListener("click", () => recorder?.stop());
  clear.addEventListener("click", () => {
    forget();
    line.textContent = words.cleared;
    start.focus();
  });
  // What is chosen by hand takes the place of what was recorded.
  input.addEventListener("change", () => {
    if (sound.src) URL.revokeObjectURL(sound.src);
    sound.removeAttribute("src");
    show("empty");
    line.textContent = "";
  });
  // Sent while it still runs: it ends first and goes along.
  input.form.addEventListener("submit", (event) => {
    if (!recorder) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    recorder.addEventListener("stop", () => setTimeout(() => input.form.requestSubmit(event.submitter)));
    recorder.stop();
  }, true);
  addEventListener("pagehide", () => recorder?.stop());

  input.removeAttribute("capture");
  part.hidden = false;
  show("empty");
});

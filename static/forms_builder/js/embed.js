// For pages that show a form in a frame: <iframe data-relata-form src="…/f/contact/?embed=1"></iframe>, and this script.
// Without it the frame keeps the height it was given, and scrolls.
addEventListener("message", (event) => {
  if (!event.data || typeof event.data.relataForm !== "string") return;
  for (const frame of document.querySelectorAll("iframe[data-relata-form]")) {
    if (frame.contentWindow === event.source && Number.isFinite(event.data.height)) {
      frame.height = String(Math.min(Math.max(event.data.height, 100), 20000));
    }
  }
});

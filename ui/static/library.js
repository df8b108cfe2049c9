// Names for what Gradio leaves without a right one. The parts of the panel come and go with it.
// `element` is the component's that this script belongs to.
element.setAttribute("role", "status");
const panel = element.closest("#library");
const name = () => {
  panel.querySelector("#library-list")?.setAttribute("aria-label", "Articles to search");
  panel.querySelector("#library-files button")?.removeAttribute("aria-label"); // Its text names it.
};
new MutationObserver(name).observe(panel, { childList: true, subtree: true });
name();

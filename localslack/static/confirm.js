// "Are you sure?", where an element asks for it: a dialog above everything else. Escape means no.
const $ = (id) => document.getElementById(id);

export function confirmed({ title, text, confirm, deny, style }) {
  const dialog = $("confirm");
  $("confirm-title").textContent = title.text;
  $("confirm-text").textContent = text.text;
  $("confirm-no").textContent = deny.text;
  $("confirm-yes").textContent = confirm.text;
  $("confirm-yes").className = style === "danger" ? "danger" : "primary";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

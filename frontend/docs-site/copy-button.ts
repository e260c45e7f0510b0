const SAID_FOR_MS = 1500;

/** A button on each block of code that puts it on the clipboard; answers have none. */
export function addCopyButtons(): void {
  for (const figure of document.querySelectorAll<HTMLElement>("figure.code:not(.answer)")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", () => void copy(figure, button));
    figure.append(button);
  }
}

async function copy(figure: HTMLElement, button: HTMLElement): Promise<void> {
  const text = figure.querySelector("code")?.textContent ?? "";
  const isCopied = await navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
  button.textContent = isCopied ? "Copied" : "Select it by hand";
  button.classList.add("done");
  setTimeout(() => {
    button.textContent = "Copy";
    button.classList.remove("done");
  }, SAID_FOR_MS);
}

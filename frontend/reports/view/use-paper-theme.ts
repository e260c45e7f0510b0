import { useEffect } from "preact/hooks";

/** Paper is white: while it is printed the page is light, whichever theme is on the screen. */
export function usePaperTheme(): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    let onScreen: string | undefined;
    const toPaper = () => {
      onScreen = dataset["theme"];
      dataset["theme"] = "light";
    };
    const toScreen = () => {
      if (onScreen !== undefined) dataset["theme"] = onScreen;
    };
    addEventListener("beforeprint", toPaper);
    addEventListener("afterprint", toScreen);
    return () => {
      removeEventListener("beforeprint", toPaper);
      removeEventListener("afterprint", toScreen);
    };
  }, []);
}

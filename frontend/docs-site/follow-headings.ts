/** Marks in the contents the heading under which one reads. */
export function followHeadings(): void {
  const links = new Map(
    [...document.querySelectorAll<HTMLAnchorElement>(".contents a")].map((link) => [
      link.hash.slice(1),
      link,
    ]),
  );
  const headings = [...document.querySelectorAll<HTMLElement>("article :is(h2, h3)")];
  if (links.size === 0) return;

  const mark = (): void => {
    const read = headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 4);
    for (const [id, link] of links) {
      if (id === read?.id) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -75% 0px" });
  for (const heading of headings) observer.observe(heading);
}

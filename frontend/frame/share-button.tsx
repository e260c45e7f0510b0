import { Button } from "#frontend/parts/button.tsx";
import { toast } from "#frontend/parts/toast.tsx";

/** Copies the address, which is the whole view. */
export function ShareButton() {
  return (
    <Button
      icon="links"
      aria-label="Copy the link to this view"
      class="button-icon"
      title="Copy link"
      onClick={shareView}
    />
  );
}

function shareView(): void {
  void navigator.clipboard.writeText(location.href).then(
    () => toast("Link copied. It opens this view with these dates."),
    () => toast("The browser did not allow copying. The address bar has the link."),
  );
}

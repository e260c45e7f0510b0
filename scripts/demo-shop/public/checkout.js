// What a shop's own developer writes: one call when the order is placed. Everything else the snippet does.
const form = document.querySelector("#checkout");
if (form === null) showOrder();
else startCheckout(form);

function startCheckout(checkout) {
  const order = JSON.parse(checkout.dataset.order);
  const percentOff = JSON.parse(checkout.dataset.promo);
  const promoCode = () => checkout.elements.promo.value.trim().toUpperCase();
  const discountMinor = () => Math.round((order.priceMinor * (percentOff[promoCode()] ?? 0)) / 100);
  const totalMinor = () => order.priceMinor - discountMinor();

  checkout.elements.promo.addEventListener("input", () => {
    document.querySelector("#discount").hidden = discountMinor() === 0;
    document.querySelector("#discount-value").textContent = `−${money(discountMinor(), order.currency)}`;
    document.querySelector("#total").textContent = money(totalMinor(), order.currency);
  });

  checkout.addEventListener("submit", (event) => {
    event.preventDefault();
    const orderId = `T-${crypto.randomUUID().slice(0, 8).toUpperCase()}`;
    const purchase = {
      type: "purchase",
      value: (totalMinor() / 100).toFixed(2),
      currency: order.currency,
      orderId,
    };
    if (promoCode() !== "") purchase.promoCode = promoCode();
    window.waymark?.("conversion", purchase);
    location.assign(
      `/thank-you?${new URLSearchParams({ order: orderId, paid: money(totalMinor(), order.currency) })}`,
    );
  });
}

function showOrder() {
  const facts = new URLSearchParams(location.search);
  document.querySelector("#order").textContent = facts.get("order") ?? "–";
  document.querySelector("#paid").textContent = facts.get("paid") ?? "–";
}

function money(minor, currency) {
  return new Intl.NumberFormat("en-IE", { style: "currency", currency }).format(minor / 100);
}

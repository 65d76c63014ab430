/** A browser as far as a sign-in needs one: cookies, redirects, and a person who fills in the forms. */
export async function signInAs(person: string, address: string): Promise<Response> {
  const cookies = new Map<string, string>();
  const start = new URL(address);
  let next: { url: URL; form?: URLSearchParams } = { url: start };
  for (let steps = 0; steps < 20; steps++) {
    const { url, form } = next;
    const response = await fetch(url, {
      method: form === undefined ? "GET" : "POST",
      redirect: "manual",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form === undefined ? {} : { body: form }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get("location");
    if (location !== null) {
      next = { url: new URL(location, url) };
      continue;
    }
    // Back at who asked for the sign-in.
    if (url.origin !== start.origin) return response;
    const text = await response.text();
    const [, action] = /<form[^>]* action="([^"]+)"/.exec(text) ?? [];
    const [, prompt] = /name="prompt" value="([^"]+)"/.exec(text) ?? [];
    if (action === undefined || prompt === undefined)
      throw new Error(`No form at ${url.pathname} (${response.status}).`);
    next = { url: new URL(action, url), form: new URLSearchParams({ prompt, login: person, password: "any" }) };
  }
  throw new Error("The sign-in did not come to an end.");
}

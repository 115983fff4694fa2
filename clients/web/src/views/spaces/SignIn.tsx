// Says who the reader is to a server that asks.
import { useState } from "react";

import { signIn, signOut, useIdentity } from "../../api/identity";
import { TextField } from "./fields";

export function SignIn() {
  const { signedIn } = useIdentity();
  const [token, setToken] = useState("");
  if (signedIn) {
    return (
      <p className="spaces-identity">
        You show a token with every question. It is kept in this window alone, until it is closed or
        loaded again.{" "}
        <button type="button" className="quiet" onClick={signOut}>
          Forget the token
        </button>
      </p>
    );
  }
  return (
    <details className="spaces-identity">
      <summary>Sign in with a token</summary>
      <form
        className="spaces-form"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim()) signIn(token);
        }}
      >
        <TextField
          label="Bearer token"
          type="password"
          value={token}
          change={setToken}
          required
          hint="From the service that your administrator names. On a server of this machine alone that asks nobody who they are, none is needed: you are its operator."
        />
        <button type="submit" disabled={token.trim() === ""}>
          Sign in
        </button>
      </form>
    </details>
  );
}

// Keeps the frame of the page when a view fails to load or to draw.
import { Component } from "react";
import type { ReactNode } from "react";

interface State {
  failed: boolean;
}

export class Boundary extends Component<{ children: ReactNode }, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="failure" role="alert">
        <p className="failure-title">This view could not be shown</p>
        <p>Its code may have changed on the server, or the server does not answer.</p>
        <button type="button" onClick={() => window.location.reload()}>
          Load the page again
        </button>
      </div>
    );
  }
}

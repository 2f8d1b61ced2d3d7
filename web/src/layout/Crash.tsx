import { Component, type ReactNode } from 'react';
import { ProblemPage } from './ProblemPage';

/** The last resort: an error in a page of ours shows a page that says so, not a white one. */
export class Crash extends Component<{ children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    return 'error' in this.state ? (
      <ProblemPage error={this.state.error} retry={() => window.location.reload()} />
    ) : (
      this.props.children
    );
  }
}

// Keyboard use. Keys act only while nobody is writing and no dialog is open.

export function initKeys(actions) {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open]')) return;
    const writing = event.target.closest?.('input, textarea');
    if (event.key === 'Escape') {
      if (writing) event.target.blur();
      else actions.back();
      return;
    }
    if (writing) return;
    // In the tabs and the transcript the arrows keep their own meaning.
    if (event.key.startsWith('Arrow') && event.target.closest?.('[role=tab], [role=log]')) return;
    const run = {
      j: () => actions.move(1),
      ArrowDown: () => actions.move(1),
      k: () => actions.move(-1),
      ArrowUp: () => actions.move(-1),
      a: actions.accept,
      e: actions.end,
      r: actions.reply,
      '?': actions.help,
      1: () => actions.list('waiting'),
      2: () => actions.list('mine'),
      3: () => actions.list('active'),
      4: () => actions.list('ended'),
    }[event.key];
    if (run) {
      event.preventDefault();
      run();
    }
  });
}

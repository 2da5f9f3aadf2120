import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { Dialog } from '#web/ui/dialog.tsx';

/** A link that is shown this once. */
export function LinkDialog({
  title,
  link,
  note,
  onClose,
}: {
  title: string;
  link: string;
  note: string;
  onClose: () => void;
}) {
  return (
    <Dialog
      open
      onClose={onClose}
      width="md"
      title={title}
      description={note}
      actions={
        <Button tone="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <CodeBlock label="the link" text={link} wrap />
    </Dialog>
  );
}

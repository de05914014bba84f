import type { PlainTextElement } from '@slack/types';
import { isSafeUrl } from '../mrkdwn-entity.ts';
import { TextObject } from '../mrkdwn-view.tsx';

type Image = { readonly alt_text: string } & (
  | { readonly image_url: string }
  | { readonly slack_file: unknown }
);

export function ImageView({ image, title }: { image: Image; title: PlainTextElement | undefined }) {
  return (
    <figure className="block block-image">
      {title === undefined ? null : (
        <figcaption>
          <TextObject text={title} />
        </figcaption>
      )}
      <img src={safeImageUrl(image)} alt={image.alt_text} loading="lazy" />
    </figure>
  );
}

/** The address of an image, or undefined where it is none that a page may load. */
export function safeImageUrl(image: Image): string | undefined {
  return 'image_url' in image && isSafeUrl(image.image_url) ? image.image_url : undefined;
}

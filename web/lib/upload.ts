import { ApiError, addressOf } from '#contracts/client.ts';
import type { Answer, Endpoint, Problem, Sent } from '#contracts/kit.ts';

export interface Upload<Result> {
  /** rejects with ApiError; with an AbortError when it was cancelled */
  done: Promise<Result>;
  cancel: () => void;
}

/** Uploads a file as it is. XMLHttpRequest, because fetch tells nothing of the progress of an upload. */
export function upload<E extends Endpoint>(
  endpoint: E,
  sent: Omit<Sent<E>, 'body'>,
  file: File,
  onProgress: (sentBytes: number) => void,
): Upload<Answer<E>> {
  const request = new XMLHttpRequest();
  const done = new Promise<Answer<E>>((resolve, reject) => {
    request.open(endpoint.method, addressOf(endpoint, sent));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as Answer<E>);
      else reject(new ApiError(readProblem(request)));
    };
    request.onerror = () => reject(new TypeError('The upload was cut off'));
    request.onabort = () => reject(new DOMException('The upload was cancelled', 'AbortError'));
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}

function readProblem(request: XMLHttpRequest): Problem {
  try {
    return JSON.parse(request.responseText) as Problem;
  } catch {
    return { type: 'about:blank', title: request.statusText || 'The upload failed', status: request.status };
  }
}

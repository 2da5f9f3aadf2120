import { ApiError, addressOf } from '#contracts/client.ts';
import { type ImportJob, uploadImport } from '#contracts/intake.ts';
import type { Problem } from '#contracts/kit.ts';

export interface Upload {
  /** rejects with ApiError; with an AbortError when it was cancelled */
  done: Promise<ImportJob>;
  cancel: () => void;
}

/** Uploads a file as it is. XMLHttpRequest, because fetch tells nothing of the progress of an upload. */
export function uploadFile(file: File, onProgress: (sentBytes: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<ImportJob>((resolve, reject) => {
    request.open('POST', addressOf(uploadImport, { query: { name: file.name } }));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as ImportJob);
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

/**
 * The globals that emitted types name, and no more: the compiler's own libraries take a second to read, and assignability of these
 * types depends on none of what is left out.
 */
export const AMBIENT = `
interface Array<T> { length: number; [index: number]: T }
interface ReadonlyArray<T> { readonly length: number; readonly [index: number]: T }
interface Boolean { valueOf(): boolean }
interface Number { toFixed(): string }
interface String { readonly length: number }
interface Symbol {}
interface BigInt {}
interface Object {}
interface Function {}
interface CallableFunction extends Function {}
interface NewableFunction extends Function {}
interface RegExp {}
interface IArguments {}
interface Iterable<T> { next(): T }
interface AsyncIterable<T> { next(): Promise<T> }
interface AsyncIterator<T> { next(): Promise<T> }
interface PromiseLike<T> { then(take: (value: T) => void): void }
interface Promise<T> { then(take: (value: T) => void): void }
interface Date { toISOString(): string }
interface Error { message: string }
interface Blob { readonly size: number; slice(): Blob }
interface File extends Blob { readonly name: string }
interface FormData { append(name: string, value: string | Blob): void }
interface ArrayBuffer { readonly byteLength: number }
interface Uint8Array { readonly byteOffset: number }
interface ReadableStream<T> { getReader(): T }
interface Headers { get(name: string): string | null }
interface Response { readonly status: number; readonly headers: Headers }
interface Request { readonly url: string }
interface AbortSignal { readonly aborted: boolean }
type Partial<T> = { [P in keyof T]?: T[P] };
type Required<T> = { [P in keyof T]-?: T[P] };
type Readonly<T> = { readonly [P in keyof T]: T[P] };
type Pick<T, K extends keyof T> = { [P in K]: T[P] };
type Record<K extends keyof any, T> = { [P in K]: T };
type Exclude<T, U> = T extends U ? never : T;
type Extract<T, U> = T extends U ? T : never;
type Omit<T, K extends keyof any> = Pick<T, Exclude<keyof T, K>>;
type NonNullable<T> = T & {};
type Awaited<T> = T extends PromiseLike<infer V> ? Awaited<V> : T;
`;
